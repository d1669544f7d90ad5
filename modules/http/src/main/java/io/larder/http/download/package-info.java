/// Gives out files over HTTP: opens them in the store or finds them elsewhere, asks the rules of `file` what to answer, and
/// moves the bytes. What an answer says is decided there, never here.
@NullMarked
package io.larder.http.download;

import org.jspecify.annotations.NullMarked;
