package io.larder.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockFileTest {
  @TempDir Path folder;

  @Test
  void isHeldByOneAtATime() throws IOException {
    Path file = folder.resolve("lock");
    try (LockFile held = LockFile.take(file)) {
      assertThat(held).isNotNull();
      assertThatIOException().isThrownBy(() -> LockFile.take(file)).withMessageContaining("lock");
      assertThat(Files.readString(file)).isEqualTo(Long.toString(ProcessHandle.current().pid()));
    }
    LockFile.take(file).close();
  }
}
