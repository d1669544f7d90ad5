/// Native clients as applications use them, behind one port: two from Maven Central that share no code with the product or with
/// each other, and our own. Here stands what each of them cannot do; what servers have to do stands in the scenarios.
@NullMarked
package io.larder.conformance.client;

import org.jspecify.annotations.NullMarked;
