package io.larder.platform;

import java.util.Arrays;

/// Runs another main class where the kernel refuses some system calls to it.
public final class Confined {
  private Confined() {}

  /// Confines this thread, and with it all that follow, then runs the other class.
  ///
  /// @param words the name of a [Confinement], a main class, and what that is to be given
  public static void main(String[] words) throws Throwable {
    SystemCallFilter.install(Confinement.valueOf(words[0]));
    Class.forName(words[1])
        .getMethod("main", String[].class)
        .invoke(null, (Object) Arrays.copyOfRange(words, 2, words.length));
  }
}
