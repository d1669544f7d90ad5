/// What every native client can ask and what must come of it, once for all clients: each `*Contract` is a feature, each `*IT` runs
/// all of them through one client. Nothing here knows how a client or a server works.
@NullMarked
package io.larder.conformance.scenario;

import org.jspecify.annotations.NullMarked;
