/// Names of files: group names, storage ids, the loose logical name that routes and opens, and the strict file id that is believed.
@NullMarked
package io.larder.protocol.fileid;

import org.jspecify.annotations.NullMarked;
