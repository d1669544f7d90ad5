/// The asking end: connections to native servers, one request at a time on each, and a bounded pool of them. What a
/// request means, which server to ask and what to do with a refusal is the caller's business and must not be here.
@NullMarked
package io.larder.transport.peer;

import org.jspecify.annotations.NullMarked;
