package dev.stemfleet.worker.clip;

import dev.stemfleet.common.domain.Picture;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import org.ehcache.spi.serialization.Serializer;

/// Pictures as bytes for the off-heap tier: width, height, pixels.
final class PictureSerializer implements Serializer<Picture> {
  private static final int HEADER_INTS = 2;

  @Override
  public ByteBuffer serialize(Picture picture) {
    int[] argb = picture.argb();
    ByteBuffer bytes = ByteBuffer.allocate((HEADER_INTS + argb.length) * Integer.BYTES);
    bytes.asIntBuffer().put(picture.width()).put(picture.height()).put(argb);
    return bytes;
  }

  @Override
  public Picture read(ByteBuffer bytes) {
    IntBuffer ints = bytes.asIntBuffer();
    int width = ints.get();
    int height = ints.get();
    int[] argb = new int[width * height];
    ints.get(argb);
    return new Picture(width, height, argb);
  }

  @Override
  public boolean equals(Picture picture, ByteBuffer bytes) {
    Picture other = read(bytes);
    return picture.width() == other.width() && Arrays.equals(picture.argb(), other.argb());
  }
}
