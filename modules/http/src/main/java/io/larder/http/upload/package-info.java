/// Takes files over HTTP: who may write, forms and plain bodies, into the local store or to another storage. The grammar of
/// forms is in `multipart`; what a file is called is the store's business.
@NullMarked
package io.larder.http.upload;

import org.jspecify.annotations.NullMarked;
