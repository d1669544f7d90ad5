package io.larder.store.scrubber;

import io.larder.platform.Disk;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/// A disk on which a test may do something between two calls, or answer one itself.
final class HookedDisk {
  private HookedDisk() {}

  /// What a test does.
  interface Hook {
    /// Called before a call is made.
    ///
    /// @param call its name
    /// @return the answer in place of the call's, or 0 to make the call
    int before(String call, Object[] arguments);

    /// Called after a call was made.
    default void after(String call, Object[] arguments, Object answer) {}
  }

  static Disk of(Disk disk, Hook hook) {
    return (Disk)
        Proxy.newProxyInstance(
            HookedDisk.class.getClassLoader(),
            new Class<?>[] {Disk.class},
            (_, method, arguments) -> {
              int answered = hook.before(method.getName(), arguments);
              if (answered != 0) {
                return answered;
              }
              try {
                Object answer = method.invoke(disk, arguments);
                hook.after(method.getName(), arguments, answer);
                return answer;
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            });
  }
}
