// Uses the gateway's page as a person would: signs in, looks, calls a tool, and sees the call appear.
// Arguments: URL, token, folder for screenshots, path of Chromium.
import { chromium } from "playwright-core";
import assert from "node:assert/strict";

const [url, token, folder, executablePath] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
try {
  for (const [scheme, width] of [["light", 1280], ["dark", 1280], ["light", 390], ["dark", 390]]) {
    const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 900 } });
    const page = await context.newPage();
    const foreign = [], faults = [];
    page.on("request", request => { if (new URL(request.url()).host !== new URL(url).host) foreign.push(request.url()); });
    page.on("pageerror", error => faults.push(error.message));
    page.on("console", message => { if (message.type() === "error" && !message.text().includes("401")) faults.push(message.text()); });
    await page.goto(url);

    await page.getByLabel("Token").fill("wrong");
    await page.keyboard.press("Enter");
    await page.getByText("This token is not accepted.").waitFor();
    if (scheme === "light" && width === 1280) await page.screenshot({ path: `${folder}/sign-in.png` });
    await page.getByLabel("Token").fill(token);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Connectors" }).waitFor();
    await page.getByText("● good").waitFor();
    await page.getByText("▲ not served").waitFor();
    await page.getByText(/^broken\.yaml:1:/).first().waitFor();
    await page.getByText("as they happen").waitFor();

    // By keyboard alone: find the tool, open it, fill its form, call it.
    await page.getByLabel("Find a tool").fill("get_");
    await page.getByRole("button", { name: "get_item" }).focus();
    await page.keyboard.press("Enter");
    await page.getByLabel("id (required)").fill("7");
    await page.keyboard.press("Enter");
    await page.getByText("Good, status 200").waitFor();
    assert.match(await page.locator("#result pre").textContent(), /<b>lamp<\/b>/, "markup of an answer is text");
    await page.locator("#calls tr", { hasText: "get_item" }).first().getByText("ok 200").waitFor();

    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, `${width} is too narrow`);
    await page.screenshot({ path: `${folder}/${scheme}-${width}.png`, fullPage: true });
    await page.reload();
    await page.getByText("● good").waitFor();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByText("Not signed in").waitFor();
    assert.equal(await page.evaluate(() => sessionStorage.length), 0);
    assert.deepEqual(foreign, []);
    assert.deepEqual(faults, []);
    await context.close();
  }
} finally {
  await browser.close();
}
console.log("ok");
