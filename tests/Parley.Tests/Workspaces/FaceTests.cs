using System.Collections.Immutable;
using Parley.Workspaces;
using Shouldly;
using static Parley.Tests.Workspaces.Verdict;

namespace Parley.Tests.Workspaces;

using TextsByLanguage = ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>>;

public class FaceTests
{
    private static readonly Brand Brand = new(FirstBrand, "Lighthouse", "#3457d5")
    {
        Languages = ["nl", "de"], Texts = Text(("nl", "greeting", "Zeg het maar!"), ("nl", "teaser", "Hulp nodig?")),
    };

    private static readonly InboxSettings Plain = new("Shop", "web", FirstBrand, Profile.Blended, [], [], TextsByLanguage.Empty);

    [Fact]
    public void KU2_An_inbox_takes_from_its_brand_what_it_does_not_set_itself()
    {
        var plain = Of(Plain);
        (plain.Name, plain.Color).ShouldBe(("Lighthouse", "#3457d5"));
        plain.Languages.ShouldBe(["nl", "de"]);
        plain.Texts["nl"]["greeting"].ShouldBe("Zeg het maar!");

        var own = Of(Plain with { Color = "#0a7d5a", Languages = ["de"], Texts = Text(("nl", "greeting", "Ahoi!")) });
        (own.Color, own.Texts["nl"]["greeting"], own.Texts["nl"]["teaser"]).ShouldBe(("#0a7d5a", "Ahoi!", "Hulp nodig?"));
        own.Languages.ShouldBe(["de"]);
    }

    [Fact]
    public void PA21_Where_nobody_wrote_a_greeting_Parley_greets_in_the_voice_of_the_inbox()
    {
        Of(Plain).Texts["de"]["greeting"].ShouldContain("Ihnen");
        Of(Plain with { Voice = Plain.Voice.SetItem("de", Voice.Informal) }).Texts["de"]["greeting"].ShouldContain("dir");
        var far = Of(Plain with { Languages = ["fr", "es-MX"] }).Texts;
        far["es-MX"]["greeting"].ShouldContain("ayudarte");
        far["fr"].ContainsKey("greeting").ShouldBeFalse();
        (far["fr"]["launcher"], far["es-MX"]["launcher"]).ShouldBe(("Messages", "Mensajes"));
    }

    private static Face Of(InboxSettings settings) => Face.Of(
        new Roster(
            Lighthouse,
            Founded with { Brands = Founded.Brands.SetItem(FirstBrand, Brand) },
            new Dictionary<AgentId, AgentState>(),
            new Dictionary<InboxId, InboxState>()),
        settings);

    private static TextsByLanguage Text(params (string Language, string Key, string Text)[] texts) => texts
        .GroupBy(text => text.Language)
        .ToImmutableSortedDictionary(group => group.Key, group => group.ToImmutableSortedDictionary(text => text.Key, text => text.Text));
}
