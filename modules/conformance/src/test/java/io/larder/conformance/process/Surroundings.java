package io.larder.conformance.process;

import io.larder.platform.Confinement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a node is started in besides its command line.
///
/// @param environment variables added to ours
/// @param wrapper a command that is given the whole line of the node and becomes it, such as `nice`; empty for none
/// @param jvm options of the JVM
/// @param confinement what the kernel is to refuse it
public record Surroundings(
    Map<String, String> environment,
    List<String> wrapper,
    List<String> jvm,
    Optional<Confinement> confinement) {
  /// Nothing special.
  public static Surroundings plain() {
    return new Surroundings(Map.of(), List.of(), List.of("-Xmx256m"), Optional.empty());
  }

  /// With these variables.
  public Surroundings environment(Map<String, String> variables) {
    return new Surroundings(Map.copyOf(variables), wrapper, jvm, confinement);
  }

  /// Behind this command.
  public Surroundings wrapper(String... words) {
    return new Surroundings(environment, List.of(words), jvm, confinement);
  }

  /// Started by a shell that does something first, in the same process.
  public Surroundings shell(String first) {
    return wrapper("sh", "-c", first + " && exec \"$@\"", "sh");
  }

  /// With these options of the JVM instead of the usual ones.
  public Surroundings jvm(String... options) {
    return new Surroundings(environment, wrapper, List.of(options), confinement);
  }

  /// Where the kernel refuses this.
  public Surroundings confined(Confinement refused) {
    return new Surroundings(environment, wrapper, jvm, Optional.of(refused));
  }
}
