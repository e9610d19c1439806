package dev.stemfleet.common.json;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.stemfleet.common.domain.ModelLayout;

/// Says what `kind` stands for which layout of a model.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ModelLayout.Waveform.class, name = ModelLayout.Waveform.KEY),
  @JsonSubTypes.Type(value = ModelLayout.Hybrid.class, name = ModelLayout.Hybrid.KEY),
  @JsonSubTypes.Type(value = ModelLayout.MdxNet.class, name = ModelLayout.MdxNet.KEY),
  @JsonSubTypes.Type(value = ModelLayout.Mdx23c.class, name = ModelLayout.Mdx23c.KEY),
  @JsonSubTypes.Type(value = ModelLayout.Roformer.class, name = ModelLayout.Roformer.KEY),
  @JsonSubTypes.Type(value = ModelLayout.OpenUnmix.class, name = ModelLayout.OpenUnmix.KEY),
  @JsonSubTypes.Type(value = ModelLayout.Spleeter.class, name = ModelLayout.Spleeter.KEY)
})
interface LayoutKinds {}
