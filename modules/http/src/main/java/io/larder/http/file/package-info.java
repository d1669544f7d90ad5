/// What a request for a file by its URL is answered: pure rules from request head and facts of the file to status, headers
/// and ranges. They know no socket, no store and no Vert.x request; whoever serves the bytes (the vertx-web route or a
/// handler in the channel's pipeline) asks them.
@NullMarked
package io.larder.http.file;

import org.jspecify.annotations.NullMarked;
