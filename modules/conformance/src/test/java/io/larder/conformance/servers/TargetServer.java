package io.larder.conformance.servers;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Hands every suite the same [Target]: the one that the system property names, else a node started for the first suite that
/// asks and ended after the last.
public final class TargetServer implements ParameterResolver {
  /// `HOST:PORT` of a tracker whose servers are to be tested instead of a node of our own.
  public static final String PROPERTY = "larder.conformance.tracker";

  private static final Namespace NAMESPACE = Namespace.create(TargetServer.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Target.class;
  }

  @Override
  public Target resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
        .computeIfAbsent(Servers.class, _ -> servers(), Servers.class)
        .target();
  }

  private static Servers servers() {
    String tracker = System.getProperty(PROPERTY, "");
    return tracker.isBlank() ? Servers.started() : Servers.at(tracker);
  }
}
