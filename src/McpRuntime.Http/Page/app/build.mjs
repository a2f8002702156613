// Bundles the page into ../dist, or into the folder that is named. The same sources give the same bytes anywhere.
import { copyFile, mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { dirname, join, resolve } from "node:path";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const target = resolve(process.argv[2] ?? join(here, "..", "dist"));

await mkdir(target, { recursive: true });
await build({
    absWorkingDir: here,
    entryPoints: { app: "src/main.tsx" },
    outdir: target,
    bundle: true,
    minify: true,
    format: "esm",
    target: ["es2023"],
    jsx: "automatic",
    jsxImportSource: "preact",
    charset: "utf8",
    legalComments: "inline",
    banner: { js: "/*! McpRuntime and Preact (MIT licence) */" },
});
for (const file of ["index.html", "icon.svg"]) await copyFile(join(here, "src", file), join(target, file));
