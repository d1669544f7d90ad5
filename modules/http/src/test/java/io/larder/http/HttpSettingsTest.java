package io.larder.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.protocol.conf.ConfException;
import io.larder.protocol.conf.ConfFile;
import io.larder.protocol.conf.EffectiveSettings;
import io.larder.protocol.conf.Overrides;
import io.larder.protocol.conf.StorageConf;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpSettingsTest {
  @Test
  void withoutTheSectionNothingIsServedAndWritingIsForThisMachine() {
    HttpSettings settings = read("", Map.of());

    assertThat(settings.port()).isEmpty();
    assertThat(settings.writeFrom()).isEqualTo(HttpSettings.WriteFrom.LOOPBACK);
    assertThat(settings.mode()).isEqualTo(HttpSettings.Mode.PROXY);
    assertThat(settings.limits().uploadBytesMax()).isEqualTo(10L << 30);
  }

  @Test
  void theSectionIsRead() {
    HttpSettings settings =
        read(
            "[http]\nport = 8888\nwrite_from = any\nmode = redirect\nmax_upload_size = 5MB",
            Map.of());

    assertThat(settings.port()).hasValue(8888);
    assertThat(settings.writeFrom()).isEqualTo(HttpSettings.WriteFrom.ANY);
    assertThat(settings.mode()).isEqualTo(HttpSettings.Mode.REDIRECT);
    assertThat(settings.limits().uploadBytesMax()).isEqualTo(5L << 20);
  }

  @Test
  void theEnvironmentGoesBeforeTheFile() {
    HttpSettings settings =
        read("[http]\nwrite_from = loopback", Map.of("LARDER_HTTP_WRITE_FROM", "any"));

    assertThat(settings.writeFrom()).isEqualTo(HttpSettings.WriteFrom.ANY);
  }

  @Test
  void aWrongWordIsRefusedWithWhatIsAllowed() {
    assertThatExceptionOfType(ConfException.class)
        .isThrownBy(() -> read("[http]\nwrite_from = lan", Map.of()))
        .withMessageContaining("write_from = lan")
        .withMessageContaining("loopback, any");
  }

  private static HttpSettings read(String text, Map<String, String> environment) {
    EffectiveSettings settings =
        StorageConf.settings(
            ConfFile.ofText("storage.conf", text),
            new Overrides(List.of(), environment),
            HttpSettings.TABLE);
    return HttpSettings.read(settings);
  }
}
