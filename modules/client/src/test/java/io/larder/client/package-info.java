/// Tests of the client against servers in this JVM that keep files in memory and fail on request.
@NullMarked
package io.larder.client;

import org.jspecify.annotations.NullMarked;
