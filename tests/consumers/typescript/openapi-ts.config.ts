import { defineConfig } from "@hey-api/openapi-ts";

export default defineConfig({
  input: "./contract/openapi.open-enums.yaml",
  output: { path: "generated", module: { extension: ".ts" } },
  logs: { file: false },
  plugins: [
    "@hey-api/client-fetch",
    { name: "@hey-api/typescript", enums: "javascript" },
    // Types do not exist at run time, so zod validates responses.
    { name: "zod", dates: { offset: true } },
    { name: "@hey-api/transformers", dates: true },
    { name: "@hey-api/sdk", validator: { response: "zod" }, transformer: "@hey-api/transformers" },
  ],
});
