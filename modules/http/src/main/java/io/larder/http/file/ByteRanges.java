package io.larder.http.file;

import java.util.ArrayList;
import java.util.List;

/// The body of an answer with several ranges (`multipart/byteranges`, RFC 9110 §14.6).
final class ByteRanges {
  private ByteRanges() {}

  static FileAnswer.Parts of(List<Slice> slices, Representation file, String boundary) {
    var parts = new ArrayList<FileAnswer.Part>(slices.size());
    for (Slice slice : slices) {
      String intro =
          "\r\n--"
              + boundary
              + "\r\nContent-Type: "
              + file.type().text()
              + "\r\nContent-Range: "
              + slice.contentRange(file.size())
              + "\r\n\r\n";
      parts.add(new FileAnswer.Part(intro, slice));
    }
    return new FileAnswer.Parts(parts, "\r\n--" + boundary + "--\r\n");
  }

  static long length(FileAnswer.Parts body) {
    long length = body.end().length();
    for (FileAnswer.Part part : body.parts()) {
      length += part.intro().length() + part.slice().length();
    }
    return length;
  }
}
