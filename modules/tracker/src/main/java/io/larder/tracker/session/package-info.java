/// One connection of a client or storage with the tracker: decodes a request, asks the rules, writes the answer. Nothing here decides anything about the cluster.
@NullMarked
package io.larder.tracker.session;

import org.jspecify.annotations.NullMarked;
