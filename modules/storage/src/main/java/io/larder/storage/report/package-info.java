/// What a storage tells its trackers and learns from them: introduction, join, beats, disk reports, the list of its
/// group (S2 §1, §2.5). Always native frames over TCP, also inside one node. Nothing here serves a client.
@NullMarked
package io.larder.storage.report;

import org.jspecify.annotations.NullMarked;
