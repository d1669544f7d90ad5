/// Errors over HTTP: `application/problem+json` (RFC 9457) with the native errno of the same refusal. What went wrong is
/// decided elsewhere; only the form is here.
@NullMarked
package io.larder.http.problem;

import org.jspecify.annotations.NullMarked;
