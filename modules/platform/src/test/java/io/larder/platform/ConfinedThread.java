package io.larder.platform;

import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/// Runs every test, and what is done before and after it, on a thread of its own under a [SystemCallFilter].
final class ConfinedThread implements InvocationInterceptor {
  private final Confinement confinement;

  ConfinedThread(Confinement confinement) {
    this.confinement = confinement;
  }

  @Override
  public void interceptBeforeEachMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    confined(invocation);
  }

  @Override
  public void interceptTestMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    confined(invocation);
  }

  @Override
  public void interceptAfterEachMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    confined(invocation);
  }

  private void confined(Invocation<@Nullable Void> invocation) throws Throwable {
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Thread thread =
        Thread.ofPlatform()
            .name("confined")
            .start(() -> {
              try {
                SystemCallFilter.install(confinement);
                invocation.proceed();
              } catch (Throwable t) {
                failure.set(t);
              }
            });
    thread.join();
    Throwable thrown = failure.get();
    if (thrown != null) {
      throw thrown;
    }
  }
}
