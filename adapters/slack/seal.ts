import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { AppError } from '../../src/domain/errors.ts';

/** Encrypts what the store keeps for us; only whoever has the operator's key can open it. */
export type Seal = {
  /** `about` is bound to the secret: a sealed text moved to another row does not open. */
  close(text: string, about: string): string;
  open(sealed: string, about: string): string;
  /** A secret of its own for another purpose, from the same key. */
  derive(purpose: string): string;
};

const VERSION = 'v1';
/** As NIST SP 800-38D recommends for GCM. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export function createSeal(hexKey: string): Seal {
  const key = Buffer.from(hexKey, 'hex');
  if (key.length !== 32) {
    throw new AppError('config', 'SITREP_ENCRYPTION_KEY must be 64 hexadecimal digits.');
  }
  return {
    close(text, about) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(about));
      const secret = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      const sealed = Buffer.concat([nonce, cipher.getAuthTag(), secret]);
      return `${VERSION}.${sealed.toString('base64url')}`;
    },
    open(sealed, about) {
      try {
        const [version, body = ''] = sealed.split('.');
        if (version !== VERSION) throw new Error('The version is unknown.');
        const bytes = Buffer.from(body, 'base64url');
        const nonce = bytes.subarray(0, NONCE_BYTES);
        const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
        const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
        decipher.setAAD(Buffer.from(about)).setAuthTag(tag);
        const secret = bytes.subarray(NONCE_BYTES + TAG_BYTES);
        return Buffer.concat([decipher.update(secret), decipher.final()]).toString('utf8');
      } catch (error) {
        throw new AppError(
          'config',
          'A stored token does not open with SITREP_ENCRYPTION_KEY: was the key changed?',
          { cause: error },
        );
      }
    },
    derive: (purpose) => createHmac('sha256', key).update(purpose).digest('hex'),
  };
}
