package io.larder.http.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.protocol.MalformedException;
import java.util.Optional;
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
    UploadRequest request = UploadRequest.of(Optional.empty(), Optional.empty());

    assertThat(request.extensionOf(filename).text()).isEqualTo(extension);
  }

  @Test
  void anExtensionThatIsAskedForGoesFirst() {
    UploadRequest request = UploadRequest.of(Optional.of(""), Optional.of(".tar.gz"));

    assertThat(request.extensionOf("a.jpg").text()).isEqualTo("tar.gz");
    assertThat(request.group()).isEmpty();
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> UploadRequest.of(Optional.of("a/b"), Optional.empty()));
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> UploadRequest.of(Optional.empty(), Optional.of("a/b")));
  }
}
