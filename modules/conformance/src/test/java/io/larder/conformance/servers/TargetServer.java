package io.larder.conformance.servers;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Hands every suite the same [Target]: the one that the system property names, else a node started for the first suite that
/// asks and ended after the last. Suites that are [Packed] share another node.
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
    boolean packed = outermost(context.getRequiredTestClass()).isAnnotationPresent(Packed.class);
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
        .computeIfAbsent(packed ? Packed.class : Servers.class, _ -> servers(packed), Servers.class)
        .target();
  }

  private static Class<?> outermost(Class<?> suite) {
    Class<?> enclosing = suite.getEnclosingClass();
    return enclosing == null ? suite : outermost(enclosing);
  }

  private static Servers servers(boolean packed) {
    String tracker = System.getProperty(PROPERTY, "");
    return tracker.isBlank() ? Servers.started(packed) : Servers.at(tracker);
  }
}
