// Version numbers: major.minor.patch, missing parts count as 0.

/**
 * Whether `version` is at least `lowest`.
 * @param {string} version
 * @param {string} lowest
 */
function versionAtLeast(version, lowest) {
  const have = version.split(".").map(Number);
  const want = lowest.split(".").map(Number);
  for (let i = 0; i < 3; i += 1) {
    const difference = (have[i] || 0) - (want[i] || 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
