package io.larder.http.multipart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.protocol.MalformedException;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormParserTest {
  private static final String TYPE = "multipart/form-data; boundary=XX";
  private static final String HEAD = "Content-Disposition: form-data; name=\"a\"\r\n\r\n";

  @Test
  void partsAreToldInTheirOrder() {
    String body =
        "--XX\r\n"
            + HEAD
            + "one\r\n--XX\r\n"
            + "content-disposition: form-data; name=f; filename=\"p.jpg\"\r\n"
            + "Content-Type: image/jpeg\r\n\r\n\r\n--X\r\n\r\n--XX--\r\n";

    assertThat(RecordedForm.of(TYPE, body, body.length()).parts)
        .containsExactly(
            new RecordedForm.Part(new PartHead("a", Optional.empty()), "one"),
            new RecordedForm.Part(new PartHead("f", Optional.of("p.jpg")), "\r\n--X\r\n"));
  }

  @Test
  void textBeforeAndBehindTheFormDoesNotCount() {
    String body = "preamble\r\n--XX \t\r\n" + HEAD + "one\r\n--XX--\r\nepilogue --XX\r\n";

    assertThat(RecordedForm.of(TYPE, body, 3).parts).hasSize(1);
  }

  @Test
  void aPartMayBeEmpty() {
    String body = "--XX\r\n" + HEAD + "\r\n--XX--";

    assertThat(RecordedForm.of(TYPE, body, 1).parts.getFirst().content()).isEmpty();
  }

  @Test
  void aFormMayHaveNoPart() {
    assertThat(RecordedForm.of(TYPE, "--XX--\r\n", 100).parts).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "form-data; name=\"f\"; filename=\"a \\\"b\\\".txt\"|a \"b\".txt",
        "form-data; name=\"f\"; filename=\"C:\\x\\y.txt\"|C:\\x\\y.txt",
        "form-data; name=f;filename=plain.txt|plain.txt",
        "form-data; filename=\"a;name=b.txt\"; name=\"f\"|a;name=b.txt",
        "FORM-DATA; NAME=\"f\"; FILENAME=\"\"|",
      })
  void fileNamesAreReadAsBrowsersWriteThem(String disposition, String filename) {
    String body = "--XX\r\nContent-Disposition: " + disposition + "\r\n\r\nx\r\n--XX--";

    PartHead head = RecordedForm.of(TYPE, body, body.length()).parts.getFirst().head();
    assertThat(head.name()).isEqualTo("f");
    assertThat(head.filename()).contains(filename == null ? "" : filename);
  }

  @Test
  void namesAreUtf8() {
    String name = new String("照片".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    String body =
        "--XX\r\nContent-Disposition: form-data; name=\"f\"; filename=\""
            + name
            + "\"\r\n\r\nx\r\n--XX--";

    assertThat(RecordedForm.of(TYPE, body, 7).parts.getFirst().head().filename()).contains("照片");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no boundary at all",
        "--XX\r\n" + HEAD + "one",
        "--XX\r\n" + HEAD + "one\r\n--XX\r\n",
        "--XXtext\r\n" + HEAD + "one\r\n--XX--",
        "--XX\r\nContent-Type: text/plain\r\n\r\none\r\n--XX--",
        "--XX\r\nContent-Disposition: attachment; name=a\r\n\r\none\r\n--XX--",
        "--XX\r\nContent-Disposition: form-data\r\n\r\none\r\n--XX--",
        "--XX\r\nContent-Transfer-Encoding: base64\r\n" + HEAD + "b25l\r\n--XX--",
      })
  void whatIsNoWholeFormIsRefused(String body) {
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> RecordedForm.of(TYPE, body, 5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/mixed; boundary=XX",
        "application/json",
        "",
        "multipart/form-data; boundary=12345678901234567890123456789012345678901234567890123456789012345678901"
      })
  void aTypeWithoutABoundaryIsRefused(String type) {
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> RecordedForm.of(type, "--XX--", 5));
  }

  @Test
  void longHeadersAreRefusedWithoutBeingKept() {
    try (FormParser parser = new FormParser(TYPE, new RecordedForm())) {
      parser.feed(ascii("--XX\r\nContent-Disposition: form-data; name=\""));

      assertThatExceptionOfType(MalformedException.class)
          .isThrownBy(() -> {
            for (int i = 0; i < 100; i++) {
              parser.feed(ascii("n".repeat(1000)));
            }
          })
          .withMessageContaining("8192");
    }
  }

  private static io.netty.buffer.ByteBuf ascii(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
  }
}
