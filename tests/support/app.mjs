// The wallet app in a real browser: a person who is signed in, and looks at pages as narrow as they come.

import { Pictures, SMALL, newPage } from "./browser.mjs";
import { assertAccessible, assertFits } from "./cashier.mjs";

/** Digits of either language as those of English: `١٤٬٠٠٠` is `14,000`. */
export const figures = (text) => text.replace(/[٠-٩]/g, (digit) => digit.charCodeAt(0) - 0x660).replaceAll("٬", ",");

export class App {
  /** A page that nobody is signed in on. `folder` is for its pictures. */
  static async open(t, browser, wallet, { language = "en-US", folder, viewport = SMALL, allowErrors } = {}) {
    const page = await newPage(t, browser, { language, viewport, allowErrors });
    const pictures = folder === undefined ? undefined : new Pictures(page, `${language}/${folder}`);
    return Object.assign(new App(), { page, wallet, language, pictures });
  }

  /** Opens an address of the wallet. */
  visit(path) {
    return this.page.goto(new URL(path, this.wallet.walletUrl).href);
  }

  /** Opens `path`, signs in where it asks for that, and is there. */
  async enter({ phone, pin }, path = "/wallet") {
    await this.visit(path);
    await this.page.locator('form[action="/wallet/login"] input[name="phone"]').fill(phone);
    await this.page.locator('input[name="pin"]').fill(pin);
    await this.submit("/wallet/login");
    await this.page.locator(".app-doors").waitFor();
  }

  /** Fills fields of the page by name. */
  async fill(fields) {
    for (const [name, value] of Object.entries(fields)) {
      await this.page.locator(`main input[name="${name}"]:not([type="hidden"])`).first().fill(value);
    }
  }

  /** Presses the button of the form that goes to `action`, and waits for the page that comes. */
  async submit(action) {
    const leaves = this.page.waitForEvent("load");
    await this.page.locator(`form[action="${action}"] button[type="submit"]`).first().click();
    await leaves;
  }

  /** What the page says, with English digits. */
  async words() {
    return figures(await this.page.locator("main").innerText());
  }

  /** Fails if the page is too wide or axe finds something serious; keeps a picture. */
  async look(name) {
    await assertFits(this.page, name);
    await this.pictures.take(name);
    // The bar at the foot floats: on a screen as long as the page it covers nothing.
    const size = this.page.viewportSize();
    const height = await this.page.evaluate(() => document.documentElement.scrollHeight + 100);
    await this.page.setViewportSize({ width: size.width, height: Math.max(size.height, height) });
    await assertAccessible(this.page, name);
    await this.page.setViewportSize(size);
  }
}
