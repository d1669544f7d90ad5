// What both scripts share: settings from the environment and the making of test bodies.

export const base = __ENV.BASE_URL || 'http://127.0.0.1:8080';

// Sizes of the bodies in bytes, for example SIZES=4096,65536,1048576.
export const sizes = (__ENV.SIZES || '4096,65536,1048576').split(',').map(Number);

export const vus = Number(__ENV.VUS || 8);
export const duration = __ENV.DURATION || '10s';

// A body whose bytes depend on its size alone, so that a reader can check what it got.
export function body(size) {
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i += 1) {
    bytes[i] = (i * 31 + (i >> 8) * 17 + size) & 0xff;
  }
  return bytes.buffer;
}

export function sameBytes(a, b) {
  if (a.byteLength !== b.byteLength) {
    return false;
  }
  const left = new Uint8Array(a);
  const right = new Uint8Array(b);
  for (let i = 0; i < left.length; i += 1) {
    if (left[i] !== right[i]) {
      return false;
    }
  }
  return true;
}
