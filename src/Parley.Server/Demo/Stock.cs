using Parley.Platform;
using Parley.Writing;

namespace Parley.Server.Demo;

/// <summary>What the shop's people have written before, in the languages in which they are asked.</summary>
internal static class Stock
{
    public static readonly Stocking.Reply[] Replies =
    [
        new("Greeting", "hello", In(
            "Hello {{contact.firstName|there}}, {{agent.name}} of {{brand.name}} here. How can I help?",
            "Guten Tag {{contact.name|und willkommen}}, hier ist {{agent.name}} von {{brand.name}}. Wie kann ich helfen?",
            "Hallo {{contact.firstName|daar}}, hier {{agent.name}} van {{brand.name}}. Waarmee kan ik helpen?",
            "Hola {{contact.firstName|y bienvenido}}, soy {{agent.name}} de {{brand.name}}. ¿En qué puedo ayudar?")),
        new("Delivery time", "delivery", In(
            "What is in stock leaves us the same day and is with you in two to three working days.",
            "Was auf Lager ist, geht noch heute hinaus und ist in zwei bis drei Werktagen bei Ihnen.",
            "Wat op voorraad is, gaat vandaag nog weg en is er in twee tot drie werkdagen.",
            "Lo que está en almacén sale hoy mismo y llega en dos o tres días laborables.")),
        new("Returns", "return", In(
            "You can send it back within 30 days, unused and with its label. The slip in the parcel has all that is needed.",
            "Sie können es innerhalb von 30 Tagen zurückschicken, ungebraucht und mit Etikett. Der Schein liegt im Paket.",
            "Je kunt het binnen 30 dagen terugsturen, ongebruikt en met label. Het formulier zit in het pakket.",
            "Puedes devolverlo en 30 días, sin usar y con su etiqueta. El impreso está dentro del paquete.")),
        new("Photo of the sail", "photo", In(
            "Could you send us a photo of the tear with a hand or a ruler beside it? Then we can say what it takes.",
            "Schicken Sie uns ein Foto des Risses mit einer Hand oder einem Lineal daneben? Dann können wir sagen, was zu tun ist.",
            "Kun je een foto van de scheur sturen met een hand of liniaal ernaast? Dan weten we wat er nodig is.",
            "¿Nos mandas una foto del desgarro con una mano o una regla al lado? Así sabremos qué hace falta.")),
        new("Goodbye", "bye", In(
            "You are welcome, {{contact.firstName|sailor}}. Fair winds!",
            "Gern geschehen. Immer eine Handbreit Wasser unter dem Kiel!",
            "Graag gedaan, {{contact.firstName|schipper}}. Goede vaart!",
            "De nada, {{contact.firstName|navegante}}. ¡Buenos vientos!")),
    ];

    public static readonly Stocking.Macro[] Macros =
    [
        new("Say goodbye and close", "Goodbye", Closes: true),
        new("Ask for a photo", "Photo of the sail", "sail repair", SnoozeMinutes: 24 * 60),
        new("Explain returns", "Returns", "returns"),
    ];

    private static LocalText In(string en, string de, string nl, string es) => new([new("en", en), new("de", de), new("nl", nl), new("es", es)]);
}
