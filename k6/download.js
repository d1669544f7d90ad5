// Uploads a handful of files once, then downloads them: whole, by range, and conditionally.
//   k6 run k6/download.js
//   BASE_URL=http://host:8080 VUS=64 DURATION=30s SIZES=4096 k6 run k6/download.js
import http from 'k6/http';
import { check } from 'k6';
import { base, body, duration, sameBytes, sizes, vus } from './lib.js';

const bodies = sizes.map(body);

export const options = {
  vus,
  duration,
  thresholds: {
    http_req_failed: ['rate==0'],
    checks: ['rate==1'],
    'http_req_duration{name:whole}': ['p(95)<1000'],
    'http_req_duration{name:range}': ['p(95)<1000'],
    'http_req_duration{name:unchanged}': ['p(95)<500'],
  },
};

export function setup() {
  return sizes.map((size, i) => {
    const answer = http.put(`${base}/upload/load-${size}.bin`, bodies[i]);
    if (answer.status !== 201) {
      throw new Error(`upload before the run failed: ${answer.status} ${answer.body}`);
    }
    return answer.json('url');
  });
}

export default function (urls) {
  const i = __ITER % urls.length;
  const url = urls[i].startsWith('http') ? urls[i] : base + urls[i];

  const whole = http.get(url, { responseType: 'binary', tags: { name: 'whole' } });
  check(whole, {
    'whole: status is 200': (r) => r.status === 200,
    'whole: bytes are those uploaded': (r) => sameBytes(r.body, bodies[i]),
  });

  const range = http.get(url, {
    headers: { Range: 'bytes=100-199' },
    responseType: 'binary',
    tags: { name: 'range' },
  });
  check(range, {
    'range: status is 206': (r) => r.status === 206,
    'range: bytes are the slice': (r) => sameBytes(r.body, bodies[i].slice(100, 200)),
  });

  const unchanged = http.get(url, {
    headers: { 'If-None-Match': whole.headers.Etag },
    tags: { name: 'unchanged' },
  });
  check(unchanged, { 'unchanged: status is 304': (r) => r.status === 304 });
}
