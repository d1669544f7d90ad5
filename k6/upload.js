// Uploads by multipart form and by raw PUT.
//   k6 run k6/upload.js
//   BASE_URL=http://host:8080 VUS=32 DURATION=30s SIZES=4096,1048576 k6 run k6/upload.js
import http from 'k6/http';
import { check } from 'k6';
import { Counter } from 'k6/metrics';
import { base, body, duration, sizes, vus } from './lib.js';

const bytesStored = new Counter('bytes_stored');
const bodies = sizes.map(body);

export const options = {
  scenarios: {
    form: { executor: 'constant-vus', vus: Math.ceil(vus / 2), duration, exec: 'form' },
    raw: { executor: 'constant-vus', vus: Math.ceil(vus / 2), duration, exec: 'raw' },
  },
  thresholds: {
    http_req_failed: ['rate==0'],
    checks: ['rate==1'],
    'http_req_duration{name:form}': ['p(95)<2000'],
    'http_req_duration{name:raw}': ['p(95)<2000'],
  },
};

function stored(answer, size) {
  const ok = check(answer, {
    'status is 201': (r) => r.status === 201,
    'answer names the file': (r) => {
      const said = r.json();
      const file = Array.isArray(said) ? said[0] : said;
      return typeof file.fileId === 'string' && file.size === size;
    },
  });
  if (ok) {
    bytesStored.add(size);
  }
}

export function form() {
  const i = __ITER % bodies.length;
  const file = http.file(bodies[i], `load-${sizes[i]}.bin`, 'application/octet-stream');
  stored(http.post(`${base}/upload`, { file }, { tags: { name: 'form' } }), sizes[i]);
}

export function raw() {
  const i = __ITER % bodies.length;
  const answer = http.put(`${base}/upload/load-${sizes[i]}.bin`, bodies[i], { tags: { name: 'raw' } });
  stored(answer, sizes[i]);
}
