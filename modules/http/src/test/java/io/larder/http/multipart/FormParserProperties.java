package io.larder.http.multipart;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.MalformedException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class FormParserProperties {
  private static final String TYPE = "multipart/form-data; boundary=X-";

  @Property
  void contentComesOutAsItWentInHoweverItIsCut(
      @ForAll @Size(max = 4)
          List<@StringLength(max = 40) @Chars({'\r', '\n', '-', 'X', 'a', '\0'}) String> contents,
      @ForAll @IntRange(min = 1, max = 60) int pieceSize) {
    List<String> allowed =
        contents.stream().filter(c -> !("\r\n" + c + "\r\n").contains("\r\n--X-")).toList();
    var body = new StringBuilder();
    for (String content : allowed) {
      body.append("--X-\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n" + content + "\r\n");
    }

    RecordedForm form = RecordedForm.of(TYPE, body + "--X---\r\n", pieceSize);

    assertThat(form.parts.stream().map(RecordedForm.Part::content).toList()).isEqualTo(allowed);
  }

  @Property
  void anyBytesAreTakenOrRefusedAlikeHoweverTheyAreCut(
      @ForAll
          @StringLength(max = 120)
          @Chars({'\r', '\n', '-', 'X', ':', ';', '"'})
          @CharRange(from = 'a', to = 'd')
          String tail,
      @ForAll @IntRange(min = 1, max = 20) int pieceSize) {
    String body = "--X-\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\nv\r\n--X-" + tail;

    assertThat(outcome(body, pieceSize)).isEqualTo(outcome(body, body.length()));
  }

  private static String outcome(String body, int pieceSize) {
    try {
      return RecordedForm.of(TYPE, body, pieceSize).parts.toString();
    } catch (MalformedException refused) {
      return "refused";
    }
  }
}
