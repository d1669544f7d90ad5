/// Tokens that let a URL be used for some time. Pure: the clock and the settings are the caller's.
@NullMarked
package io.larder.protocol.token;

import org.jspecify.annotations.NullMarked;
