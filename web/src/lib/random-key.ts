/** A key that nobody else ever uses, for a write that may be sent again. `crypto.randomUUID` is missing where a clinic has no TLS. */
export function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
