/// `kill -9` of a real node under load, again and again on the same folder: what was acknowledged is there, what was in doubt is
/// as before or as after, and nothing else has a name. The client's journal knows what must be, [io.larder.conformance.wire] asks
/// the node, and the folder is read by means of our own.
@NullMarked
package io.larder.conformance.kill;

import org.jspecify.annotations.NullMarked;
