package io.larder.http.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.http.file.Query;
import io.larder.protocol.MalformedException;
import io.larder.store.Durability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadRequestTest {
  @ParameterizedTest
  @CsvSource({
    "a.jpg,jpg",
    "a.tar.gz,gz",
    "A.JPG,JPG",
    "a,''",
    "a.,''",
    ".profile,''",
    "a.geojson,''",
    "a.b c,''",
    "a.数据,''",
    "C:\\x\\y.doc,doc",
    "dir.d/name,''",
    "'',''"
  })
  void theExtensionIsThatOfTheNameIfItCanBe(String filename, String extension) {
    UploadRequest request = asked("");

    assertThat(request.extensionOf(filename).text()).isEqualTo(extension);
  }

  @Test
  void anExtensionThatIsAskedForGoesFirst() {
    UploadRequest request = asked("group=&ext=.tar.gz");

    assertThat(request.extensionOf("a.jpg").text()).isEqualTo("tar.gz");
    assertThat(request.group()).isEmpty();
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> asked("group=a/b"));
    assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> asked("ext=a/b"));
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> asked("durability=forever"))
        .withMessageContaining("forever")
        .withMessageContaining("group");
  }

  @Test
  void aFieldSaysMoreThanTheUrl() {
    UploadRequest request = asked("durability=group&ext=jpg");

    assertThat(request.durability()).hasValue(Durability.GROUP);
    assertThat(request.with("durability", "each").orElseThrow().durability())
        .hasValue(Durability.EACH);
    assertThat(request.with("ext", "png").orElseThrow().durability()).hasValue(Durability.GROUP);
    assertThat(request.with("author", "Ann")).isEmpty();
  }

  private static UploadRequest asked(String query) {
    return UploadRequest.of(Query.parse(query));
  }
}
