// Builds ../credtrail.css; with --check, says whether the committed file is what the sources give.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "..", "credtrail.css");
const base = createRequire(import.meta.url)("govuk-frontend/package.json");

const note = `/*! Built from templates/assets/src, on govuk-frontend ${base.version} (MIT License,
Copyright (c) Crown Copyright (Government Digital Service)); see templates/assets/src/README.md */
`;
const { css } = sass.compile(join(here, "credtrail.scss"), {
  style: "compressed",
  loadPaths: [join(here, "node_modules")],
  quietDeps: true,
  charset: false,
});
// The base's two private marks: a version property, and a name no page of ours may carry.
const built = note + css.replace(/:root\{--govuk-frontend-version:[^}]*\}/g, "") + "\n";

if (process.argv.includes("--check")) {
  const same = readFileSync(target, "utf8") === built;
  console.log(same ? "credtrail.css is up to date" : "credtrail.css differs from its sources: run `npm run build`");
  process.exit(same ? 0 : 1);
}
writeFileSync(target, built);
console.log(`credtrail.css: ${built.length} bytes, ${gzipSync(built, { level: 9 }).length} gzipped`);
