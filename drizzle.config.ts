import { defineConfig } from 'drizzle-kit';

/** `npx drizzle-kit generate --name what-changes` writes the next migration. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './adapters/store/schema/index.ts',
  out: './adapters/store/migrations',
});
