// Opens Debian's Chromium the way every check here needs it: no script, no traces of earlier runs.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const PHONE = { width: 320, height: 700 };
export const DESK = { width: 1280, height: 900 };

export async function openBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** What is wrong with the page shown: accessibility, sideways scroll, small targets. */
export async function complaints(page) {
  const found = [];
  // The pages' own policy forbids scripts; the tool's script comes in through the debugging channel.
  await page.evaluate(axeSource);
  const axe = await page.evaluate(() =>
    window.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }),
  );
  for (const rule of axe.violations) {
    found.push(`axe ${rule.id}: ${rule.nodes.map((node) => node.target.join(" ")).join(", ")}`);
  }
  const beyond = await page.evaluate(() => {
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    return wide > 0 ? `scrolls sideways by ${wide} px` : null;
  });
  if (beyond) found.push(beyond);
  found.push(...(await page.evaluate(smallTargets)));
  return found;
}

/** Controls below 44 px; links inside a sentence or a list of sentences are exempt, as in WCAG. */
function smallTargets() {
  const selector = "button, input:not([type=hidden]), summary, nav a, .govuk-button, .govuk-error-summary a";
  return [...document.querySelectorAll(selector)]
    .map((element) => ({ element, box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 1 && box.height < 43.5)
    .map(({ element, box }) => `target ${element.textContent.trim() || element.id} is ${Math.round(box.height)} px high`);
}

/** Reports and ends: the process fails if anything was found. */
export function conclude(what, looked, problems) {
  for (const problem of problems) console.error(problem);
  console.log(`${what}: ${looked} looked at, ${problems.length} problems`);
  process.exitCode = problems.length ? 1 : 0;
}
