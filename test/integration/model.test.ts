import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shippedModelFile } from '../../src/commands/model-files.ts';
import { readInput } from '../../src/commands/read-input.ts';
import { runSitrep, temporaryFolder } from '../fixtures/product.ts';

describe('the shipped model file', () => {
  it('is what training makes of the texts, byte by byte', { timeout: 180_000 }, async () => {
    const folder = temporaryFolder();
    try {
      const output = join(folder.path, 'model.json');
      const { code, stderr } = await runSitrep(['model', 'train', '--output', output], {
        cwd: folder.path,
      });
      expect({ code, stderr }).toMatchObject({ code: 0 });
      expect(readInput(output) === readInput(shippedModelFile(process.cwd()))).toBe(true);
    } finally {
      folder.remove();
    }
  });
});
