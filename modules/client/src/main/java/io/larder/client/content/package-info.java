/// Where the bytes of uploads come from and downloads go to: memory, files, streams. Nothing here knows of servers.
@NullMarked
package io.larder.client.content;

import org.jspecify.annotations.NullMarked;
