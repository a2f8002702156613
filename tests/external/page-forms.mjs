// Calls tools from the gateway's page: exact numbers, arguments that are named like members of a form, calls that fail,
// and the findings of a reload. Arguments: URL, token, folder for screenshots, path of Chromium.
import { chromium } from "playwright-core";
import assert from "node:assert/strict";

const [url, token, folder, executablePath] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
try {
  for (const [scheme, width] of [["light", 1280], ["dark", 390]]) {
    const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 900 } });
    const page = await context.newPage();
    const faults = [];
    page.on("pageerror", error => faults.push(error.message));
    await page.goto(url);
    await page.getByLabel("Token").fill(token);
    await page.keyboard.press("Enter");

    await page.getByRole("button", { name: "send_order" }).click();
    const field = name => page.locator("#try").getByLabel(new RegExp(`^${name}( \\(required\\))?$`));
    for (const [name, value] of Object.entries({
      elements: "9223372036854775807", append: "text", querySelector: "0.10", onsubmit: "[9007199254740993, 1e2]", item: '{"id":-9007199254740993}',
    })) await field(name).fill(value);
    await field("level").selectOption({ label: "9007199254740993" });
    await page.getByRole("button", { name: "Call (this may change something)" }).click();
    await page.getByText("Good, status 200").waitFor();
    const shown = await page.locator("#result pre").last().textContent();
    assert.match(shown, /"id": 9223372036854775807,/);
    assert.match(shown, /"price": 1\.10,/);
    assert.match(shown, /"text": "9223372036854775807 \\" 1\.10"/);
    await page.screenshot({ path: `${folder}/order-${scheme}-${width}.png`, fullPage: true });

    await field("elements").fill("1,2");
    await page.getByRole("button", { name: "Call (this may change something)" }).click();
    await page.getByText("elements is not valid JSON.").waitFor();

    await page.getByRole("button", { name: "find_order" }).click();
    await page.locator("#try").getByLabel("id (required)").fill("7");
    await page.getByRole("button", { name: "Call", exact: true }).click();
    await page.getByText("The call failed, status 404").waitFor();
    const why = await page.locator("#result").textContent();
    assert.match(why, /answered HTTP 404/);
    assert.match(why, /There is no order 7/);
    await page.screenshot({ path: `${folder}/failed-${scheme}-${width}.png`, fullPage: true });

    await page.getByRole("button", { name: "Reload connectors" }).click();
    await page.getByText(/^Connectors reloaded: 1\. Findings: \d+\.$/).waitFor();
    await page.locator("#notice li").filter({ hasText: "broken.yaml" }).first().waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, `${width} is too narrow`);
    await page.screenshot({ path: `${folder}/reload-${scheme}-${width}.png` });
    await page.getByRole("button", { name: "Dismiss" }).click();
    await page.locator("#notice").waitFor({ state: "hidden" });
    assert.deepEqual(faults, []);
    await context.close();
  }
} finally {
  await browser.close();
}
console.log("ok");
