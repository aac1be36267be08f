/** Bundles src/ into built/, with the fingerprint of what was built from. */

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const shared = { bundle: true, minify: true, charset: "utf8", target: "es2022", legalComments: "none", write: true };
await build({ ...shared, entryPoints: ["src/main.js"], format: "iife", outfile: "built/page.js" });
await build({ ...shared, entryPoints: ["src/vis.js"], format: "iife", outfile: "built/vis.js" });
await build({ ...shared, entryPoints: ["page.css"], outfile: "built/page.css" });

const sum = (file) => createHash("sha256").update(readFileSync(`built/${file}`)).digest("hex");
const files = ["page.css", "page.js", "vis.js"];
writeFileSync("built/SHA256SUMS", files.map((file) => `${sum(file)}  ${file}\n`).join(""));
