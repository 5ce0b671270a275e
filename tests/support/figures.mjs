// Times that a test saw, by what they are of.

export class Figures {
  #seen = new Map();

  /** Adds the time since `begun`, a `performance.now()`. */
  add(name, begun) {
    this.#seen.set(name, [...(this.#seen.get(name) ?? []), performance.now() - begun]);
  }

  /** One line for each name: how many, the middle one and the longest, in ms. */
  lines() {
    return [...this.#seen].map(([name, times]) => {
      const sorted = times.map(Math.round).sort((one, other) => one - other);
      const middle = sorted[Math.floor(sorted.length / 2)];
      return `${name}: ${sorted.length} times, ${middle} ms in the middle, ${sorted.at(-1)} ms at most`;
    });
  }
}
