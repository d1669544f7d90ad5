/// The serving end: accepts connections, cuts the byte stream into frames, hands them to the session of a role one at
/// a time and writes its replies. It keeps the rules of S1 §1.3 to §1.6 (malformed frames, big bodies, pipelining,
/// time-outs). What a command means must not be known here, but for QUIT and ACTIVE_TEST, which both roles share.
@NullMarked
package io.larder.transport.server;

import org.jspecify.annotations.NullMarked;
