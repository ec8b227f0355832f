// Looks at every page state that the unit tests left in target/page-states: accessibility, reflow at 320 px,
// longer words, text spacing, print, forced colours, targets, weight. Usage: node states.mjs [--shots FOLDER]
import { createServer } from "node:http";
import { readdirSync, readFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { DESK, PHONE, complaints, conclude, openBrowser } from "./browser.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const states = join(root, "target", "page-states");
const style = readFileSync(join(root, "templates", "assets", "credtrail.css"));
const icon = readFileSync(join(root, "templates", "assets", "icon.svg"));
const shots = process.argv[2] === "--shots" ? process.argv[3] : null;

// First visit at most 60 KB, the answer to a check at most 14 KB, with the style sheet, gzipped.
const LIMITS = [[/^result-/, 14 * 1024], [/./, 60 * 1024]];
// WCAG 1.4.12, and words a third longer than ours.
const SPACING = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }";

function serve() {
  const server = createServer((request, response) => {
    const path = request.url.split("?")[0];
    if (path.endsWith(".css")) return response.writeHead(200, { "content-type": "text/css" }).end(style);
    if (path.endsWith(".svg")) return response.writeHead(200, { "content-type": "image/svg+xml" }).end(icon);
    try {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(readFileSync(join(states, path)));
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((ready) => server.listen(0, "127.0.0.1", () => ready(server)));
}

const server = await serve();
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await openBrowser();
const problems = [];
let looked = 0;
for (const lang of ["en", "es"]) {
  for (const file of readdirSync(join(states, lang)).sort()) {
    const name = file.replace(".html", "");
    const weight = gzipSync(readFileSync(join(states, lang, file))).length + gzipSync(style).length;
    const limit = LIMITS.find(([pattern]) => pattern.test(name))[1];
    if (weight > limit) problems.push(`${lang}/${name}: ${weight} bytes, at most ${limit}`);
    for (const [kind, viewport] of [["phone", PHONE], ["desk", DESK]]) {
      const page = await browser.newPage({ viewport });
      page.on("request", (request) => {
        if (!request.url().startsWith(origin)) problems.push(`${lang}/${name}: asks ${request.url()}`);
      });
      await page.goto(`${origin}/${lang}/${file}`);
      const here = await complaints(page);
      if (shots) {
        mkdirSync(shots, { recursive: true });
        await page.screenshot({ path: join(shots, `${name}-${lang}-${kind}.png`), fullPage: true });
      }
      await page.addStyleTag({ content: SPACING });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
      if (wide) here.push("scrolls sideways with wider text spacing");
      for (const media of [{ media: "print" }, { media: "screen", forcedColors: "active" }]) {
        await page.emulateMedia(media);
        const cut = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
        if (cut) here.push(`is cut with ${JSON.stringify(media)}`);
      }
      problems.push(...here.map((text) => `${lang}/${name} (${kind}): ${text}`));
      looked += 1;
      await page.close();
    }
  }
}
await browser.close();
server.close();
conclude("page states", looked, problems);
