// Opens one HTML file in Chromium and prints, as JSON, what a careful visitor would find.
// Use: node check.mjs PAGE.html [CHROMIUM] [WIDTHS]; axe runs at the widths named (default 1280,640,320).
import { mkdtempSync, rmSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
const address = pathToFileURL(resolve(process.argv[2])).href;
const widths = (process.argv[4] || "1280,640,320").split(",");
const profile = mkdtempSync(join(tmpdir(), "page-check-"));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const found = { requests: [], console: [], violations: {}, overflow: {}, skip: {}, tooltip: {}, details: {} };

const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.argv[3] || "/usr/bin/chromium", headless: true, args: FLAGS,
  viewport: { width: 1280, height: 900 },
});
try {
  const page = await context.newPage();
  page.on("console", (message) => found.console.push(message.text()));
  page.on("pageerror", (error) => found.console.push(String(error)));
  await page.route("**/*", (route) => {
    const url = route.request().url();
    if (url === address || url.startsWith("data:")) return route.continue();
    found.requests.push(url);
    return route.abort();
  });
  await page.goto(address, { waitUntil: "load" });
  await page.evaluate(() => document.fonts.ready);
  found.fonts = await page.evaluate(() => [...document.fonts].filter((one) => one.status === "error").length);

  await page.keyboard.press("Tab");
  found.skip = await page.evaluate(() => {
    const own = document.activeElement, box = own.getBoundingClientRect();
    return { href: own.getAttribute("href"), visible: box.top >= 0 && box.height > 0,
      outline: getComputedStyle(own).outlineStyle !== "none" };
  });
  await page.keyboard.press("Enter");
  found.skip.arrives = await page.evaluate(() => document.activeElement.id);

  const number = page.locator("a.n[data-tip]").first();
  if (await number.count()) {
    await number.focus();
    found.tooltip = await number.evaluate((own) => ({ text: own.dataset.tip,
      shown: getComputedStyle(own, "::after").content.includes(own.dataset.tip) }));
  }
  for (const width of [1280, 640, 320]) {
    await page.setViewportSize({ width, height: width === 1280 ? 900 : 512 });
    found.overflow[width] = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (!widths.includes(String(width))) continue;
    await page.evaluate(axe);
    const result = await page.evaluate(() => axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
    found.violations[width] = result.violations.map((one) => ({ id: one.id, impact: one.impact, nodes: one.nodes.length,
      first: one.nodes[0].target.join(" ") }));
  }
  await page.emulateMedia({ media: "print" });
  // The medium changes with the next frame, which on a busy machine takes its time.
  found.details.print = await page.waitForFunction(() => [...document.querySelectorAll("details.data table")]
    .every((table) => table.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })),
    null, { timeout: 20000 }).then(() => true, () => false);
} finally {
  await context.close();
  rmSync(profile, { recursive: true, force: true });
}
console.log(JSON.stringify(found));
