using System.Text.Json;
using Parley.Channels;
using Parley.Platform.Web;
using Shouldly;

namespace Parley.Tests.Channels;

public class FieldTests
{
    private static readonly OpenNetwork Outside = new(loopback: false);

    [Theory]
    [InlineData(SettingKind.Text, "\"words\"", null)]
    [InlineData(SettingKind.Text, "\" \"", "required")]
    [InlineData(SettingKind.Text, "7", "invalid")]
    [InlineData(SettingKind.Secret, "null", "required")]
    [InlineData(SettingKind.Made, "null", null)]
    [InlineData(SettingKind.Number, "7", null)]
    [InlineData(SettingKind.Number, "7.5", "invalid")]
    [InlineData(SettingKind.Number, "\"7\"", "invalid")]
    [InlineData(SettingKind.Switch, "true", null)]
    [InlineData(SettingKind.Switch, "\"yes\"", "invalid")]
    [InlineData(SettingKind.Choice, "\"a\"", null)]
    [InlineData(SettingKind.Choice, "\"c\"", "unknown")]
    [InlineData(SettingKind.Url, "\"https://system.example/hook\"", null)]
    [InlineData(SettingKind.Url, "\"http://system.example/hook\"", "https")]
    [InlineData(SettingKind.Url, "\"https://10.1.2.3/hook\"", "private")]
    [InlineData(SettingKind.Url, "\"https://[::1]/hook\"", "private")]
    [InlineData(SettingKind.Url, "\"https://localhost/hook\"", "private")]
    [InlineData(SettingKind.Url, "\"https://user:password@system.example/\"", "url")]
    [InlineData(SettingKind.Url, "\"ftp://system.example/\"", "url")]
    [InlineData(SettingKind.Url, "\"system\"", "url")]
    public void What_is_typed_is_held_against_what_the_field_is(SettingKind kind, string value, string? flaw)
    {
        var field = new Field("it", kind, "It", Required: true) { Options = [new("a", "A"), new("b", "B")] };
        var found = field.Flaw(JsonSerializer.Deserialize<JsonElement>(value), Outside);
        (found?.Code).ShouldBe(flaw);
    }

    [Fact]
    public void What_is_not_needed_may_be_left_out() => new Field("it", SettingKind.Url, "It").Flaw(null, Outside).ShouldBeNull();
}
