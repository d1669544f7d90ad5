/// Suites against real processes and unmodified clients, and the rules of the house itself. There is no main code here;
/// nothing may depend on this module.
@NullMarked
package io.larder.conformance;

import org.jspecify.annotations.NullMarked;
