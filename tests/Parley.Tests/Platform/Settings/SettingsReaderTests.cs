using System.Collections;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Parley.Platform.Settings;
using Parley.Server;
using Shouldly;

namespace Parley.Tests.Platforms.Settings;

public sealed class SettingsReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parley-settings-").FullName;

    private enum Colour { Red, DarkBlue }

    private sealed record Boat(
        [Description("How many sails."), Range(1, 5)] int Sails = 2,
        [Description("What it is called.")] string? Name = null,
        [Description("Its colour.")] Colour Colour = Colour.Red,
        [Description("Who sails it.")] string[]? Crew = null,
        [Description("Whether it floats.")] bool Floats = true,
        [Description("The key of the cabin."), PasswordPropertyText] string? Key = null);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Without_anything_the_defaults_hold() => Reader().Section<Boat>().ShouldBe(new Boat());

    [Fact]
    public void The_later_is_the_stronger_and_says_where_it_came_from()
    {
        var path = Write("""{ "boat": { "sails": 3, "name": "Anna", "colour": "darkBlue", "crew": ["Kim", "Noor"], "floats": false } /* fine */, }""");
        var reader = Reader().File(path).Environment(new Hashtable { ["PARLEY__BOAT__SAILS"] = "4", ["PARLEY__BOAT__NAME"] = "Berta", ["PATH"] = "x" }).Set("boat.name", "Carla", "--set");
        var boat = reader.Section<Boat>();
        (boat.Sails, boat.Name, boat.Colour, boat.Floats).ShouldBe((4, "Carla", Colour.DarkBlue, false));
        boat.Crew.ShouldBe(["Kim", "Noor"]);
        reader.All.ToDictionary(value => value.Setting.Key, value => value.Source).ShouldBe(
            new Dictionary<string, string>
            {
                ["boat.sails"] = "PARLEY__BOAT__SAILS", ["boat.name"] = "--set", ["boat.colour"] = path, ["boat.crew"] = path, ["boat.floats"] = path, ["boat.key"] = "default",
            },
            ignoreOrder: true);
    }

    [Theory]
    [InlineData("boat.sails", "6", "must be 1–5")]
    [InlineData("boat.sails", "two", "must be 1–5")]
    [InlineData("boat.sails", "", "must be 1–5")]
    [InlineData("boat.colour", "green", "must be red|darkBlue")]
    [InlineData("boat.colour", "1", "must be red|darkBlue")]
    [InlineData("boat.floats", "yes", "must be true|false")]
    public void A_value_that_cannot_be_is_one_line_that_says_what_can(string key, string value, string says)
    {
        var message = Should.Throw<SettingWrong>(() => Reader().Set(key, value, "PARLEY__X")).Message;
        message.ShouldStartWith("PARLEY__X: ");
        message.ShouldContain(says);
        message.ShouldNotContain("\n");
    }

    [Theory]
    [InlineData("boat.sail", "Did you mean boat.sails?")]
    [InlineData("boat.Colours", "Did you mean boat.colour?")]
    [InlineData("mail.address", "mail.address is called server.publicUrl now.")]
    [InlineData("rudder.length", "lists them all")]
    public void A_setting_that_does_not_exist_is_refused(string key, string says) =>
        Should.Throw<SettingWrong>(() => Reader().Set(key, "1", "--set")).Message.ShouldContain(says);

    [Fact]
    public void A_file_with_a_wrong_word_or_no_json_is_refused_with_its_place()
    {
        Should.Throw<SettingWrong>(() => Reader().File(Write("""{ "boat": { "sals": 3 } }"""))).Message.ShouldContain("Did you mean boat.sails?");
        Should.Throw<SettingWrong>(() => Reader().File(Write("{\n\"boat\": {\n oops"))).Message.ShouldContain("line 3");
    }

    [Fact]
    public void A_file_that_is_not_there_changes_nothing() => Reader().File(Path.Combine(_folder, "none.json")).Section<Boat>().ShouldBe(new Boat());

    [Fact]
    public void Every_setting_of_the_product_says_what_it_does_and_can_be_made()
    {
        var reader = new SettingsReader(ParleyHost.Sections);
        reader.All.Count().ShouldBeGreaterThan(20);
        foreach (var (setting, value, _) in reader.All)
        {
            setting.Description.ShouldEndWith(".", Case.Sensitive, setting.Key);
            value.ShouldBe(setting.Default);
        }

        ParleyHost.Sections.Select(section => reader.Section(section)).ShouldAllBe(section => section != null);
    }

    private static SettingsReader Reader() => new([SettingsSection.Of<Boat>("boat")]);

    private string Write(string json)
    {
        var path = Path.Combine(_folder, "parley.json");
        File.WriteAllText(path, json);
        return path;
    }
}
