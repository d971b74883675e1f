using System.Text.Json;
using Parley.Platform;
using Shouldly;

namespace Parley.Tests.Platform;

[Trait("row", "PA21")]
public class LocalTextTests
{
    [Theory]
    [InlineData("\"Name\"")]
    [InlineData("""{"en":"Name","de":"Name"}""")]
    [InlineData("""{"pt-BR":"Nome"}""")]
    public void It_travels_as_it_is(string json) => JsonSerializer.Serialize(Read(json), Json.Options).ShouldBe(json);

    [Theory]
    [InlineData("17")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"en":1}""")]
    [InlineData("""{"en":null}""")]
    [InlineData("""{"en":{"x":"y"}}""")]
    [InlineData("""{"":"x"}""")]
    [InlineData("""{"en":"a","en":"b"}""")]
    public void What_is_no_text_is_refused(string json) => Should.Throw<JsonException>(() => Read(json));

    [Theory]
    [InlineData("de-AT", null, "Servus")]
    [InlineData("DE-at", null, "Servus")]
    [InlineData("de-CH", null, "Hallo")]
    [InlineData("de", "en", "Hallo")]
    [InlineData("fr", "en", "Hello")]
    [InlineData("fr", "fr-CA", "Hallo")]
    [InlineData(null, null, "Hallo")]
    public void The_very_tag_then_its_base_then_the_inboxs_then_the_first(string? wanted, string? inbox, string text) =>
        Read("""{"de":"Hallo","de-AT":"Servus","en":"Hello"}""").In(wanted, inbox).ShouldBe(text);

    [Fact]
    public void One_text_is_for_all_languages() => Read("\"Name\"").In("de").ShouldBe("Name");

    [Fact]
    public void The_same_texts_are_equal_and_cleaned_of_what_no_store_takes()
    {
        Read("""{"en":"A","de":"B"}""").ShouldBe(Read("""{"en":"A","de":"B"}"""));
        Read("""{"en":"A"}""").ShouldNotBe(Read("\"A\""));
        Read("\" A \"").Cleaned().In().ShouldBe("A");
        Read("\"a\\u0000b\"").Cleaned().In().ShouldNotContain("\0");
    }

    private static LocalText Read(string json) => JsonSerializer.Deserialize<LocalText>(json, Json.Options)!;
}
