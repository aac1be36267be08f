/** Bundles src/ into built/, with the fingerprints and licences of what was built. */

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const shared = { bundle: true, minify: true, charset: "utf8", target: "es2022", legalComments: "none", write: true };
await build({ ...shared, entryPoints: ["src/main.js"], format: "iife", outfile: "built/page.js" });
await build({ ...shared, entryPoints: ["src/vis.js"], format: "iife", outfile: "built/vis.js" });
await build({ ...shared, entryPoints: ["src/sparql/view.js"], format: "iife", outfile: "built/sparql.js" });
// Oxigraph's loader would look for its file beside the program; ours is handed the bytes.
await build({ ...shared, entryPoints: ["src/sparql/worker.js"], format: "iife", outfile: "built/worker.js", define: { "import.meta.url": '"https://localhost/"' } });
await build({ ...shared, entryPoints: ["page.css"], outfile: "built/page.css" });

writeFileSync("built/oxigraph.wasm.gz", gzipSync(readFileSync("node_modules/oxigraph/web_bg.wasm"), { level: 9 }));

const sum = (file) => createHash("sha256").update(readFileSync(`built/${file}`)).digest("hex");
const files = ["oxigraph.wasm.gz", "page.css", "page.js", "sparql.js", "vis.js", "worker.js"];
writeFileSync("built/SHA256SUMS", files.map((file) => `${sum(file)}  ${file}\n`).join(""));

const licences = [
  ["Oxigraph 0.5.11", "MIT OR Apache-2.0, says its package; taken under Apache-2.0, whose text is this project's LICENSE."],
  ...["@codemirror/view", "@lezer/common", "style-mod", "crelt", "w3c-keyname", "world-atlas"].map((name) => [name, readFileSync(`node_modules/${name}/LICENSE`, "utf8").trim()]),
];
writeFileSync("built/LICENSES.txt", `${licences.map(([name, text]) => `${name}\n${"-".repeat(name.length)}\n${text}`).join("\n\n")}\n`);
