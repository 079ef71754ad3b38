// Tests run on what is built, too: the command is built before them when a source is newer.
import { defineConfig } from "vitest/config"

export default defineConfig({
  test: { include: ["test/**/*.test.ts"], globalSetup: ["test/support/build.ts"], testTimeout: 120_000 },
})
